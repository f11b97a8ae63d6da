import java.util.Scanner;

public class Main {
    static int divisor(int a, int b) {
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.print("First? ");
        int first = in.nextInt();
        System.out.print("Second? ");
        int second = in.nextInt();
        System.out.println("Greatest common divisor: " + divisor(first, second));
    }
}
