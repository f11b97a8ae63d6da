import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("Number? ");
        int number = new Scanner(System.in).nextInt();
        if (number % 2 == 0) {
            System.out.println(number + " is even");
        } else {
            System.out.println(number + " is odd");
        }
    }
}
