import java.util.Scanner;

public class Main {
    static String binary(int number) {
        return number < 2 ? "" + number : binary(number / 2) + number % 2;
    }

    public static void main(String[] args) {
        System.out.print("Number? ");
        System.out.println(binary(new Scanner(System.in).nextInt()));
    }
}
