import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        for (int i = 0; i < 2; i++) {
            System.out.print("Dividend? ");
            int a = in.nextInt();
            System.out.print("Divisor? ");
            int b = in.nextInt();
            try {
                System.out.println(a + " / " + b + " = " + a / b);
            } catch (ArithmeticException problem) {
                System.out.println("Cannot divide by zero");
            }
        }
    }
}
