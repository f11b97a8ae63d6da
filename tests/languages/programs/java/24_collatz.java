import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("Start? ");
        int number = new Scanner(System.in).nextInt();
        System.out.print(number);
        while (number != 1) {
            number = number % 2 == 0 ? number / 2 : 3 * number + 1;
            System.out.print(" " + number);
        }
        System.out.println();
    }
}
