import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("How many? ");
        int[] numbers = new int[new Scanner(System.in).nextInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i < 2 ? i : numbers[i - 1] + numbers[i - 2];
            System.out.print(numbers[i] + " ");
        }
        System.out.println();
    }
}
