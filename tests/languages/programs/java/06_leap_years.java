import java.util.Scanner;

public class Main {
    static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        for (int i = 0; i < 2; i++) {
            System.out.print("Year? ");
            int year = in.nextInt();
            System.out.println(year + ": " + (isLeap(year) ? "yes" : "no"));
        }
    }
}
