import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("Which table? ");
        int number = new Scanner(System.in).nextInt();
        for (int factor = 1; factor <= 10; factor++) {
            System.out.println(number + " x " + factor + " = " + number * factor);
        }
    }
}
