import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] numbers = new int[4];
        for (int i = 0; i < numbers.length; i++) {
            System.out.print("Number " + (i + 1) + "? ");
            numbers[i] = in.nextInt();
        }
        int smallest = numbers[0], largest = numbers[0];
        double sum = 0;
        for (int number : numbers) {
            smallest = Math.min(smallest, number);
            largest = Math.max(largest, number);
            sum += number;
        }
        System.out.println("Smallest: " + smallest);
        System.out.println("Largest: " + largest);
        System.out.printf("Average: %.2f%n", sum / numbers.length);
    }
}
