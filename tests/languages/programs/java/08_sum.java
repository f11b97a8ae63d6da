import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("Up to? ");
        int limit = new Scanner(System.in).nextInt();
        int total = 0, number = 1;
        while (number <= limit) {
            total += number++;
        }
        System.out.println("Sum: " + total);
    }
}
