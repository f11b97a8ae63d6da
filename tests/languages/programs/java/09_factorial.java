import java.util.Scanner;

public class Main {
    static long factorial(int n) {
        return n <= 1 ? 1 : n * factorial(n - 1);
    }

    public static void main(String[] args) {
        System.out.print("Number? ");
        int n = new Scanner(System.in).nextInt();
        System.out.println(n + "! = " + factorial(n));
    }
}
