import java.util.Scanner;

public class Main {
    static void bubbleSort(int[] numbers) {
        for (int end = numbers.length - 1; end > 0; end--) {
            for (int i = 0; i < end; i++) {
                if (numbers[i] > numbers[i + 1]) {
                    int kept = numbers[i];
                    numbers[i] = numbers[i + 1];
                    numbers[i + 1] = kept;
                }
            }
        }
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] numbers = new int[4];
        for (int i = 0; i < 4; i++) {
            System.out.print("Number? ");
            numbers[i] = in.nextInt();
        }
        bubbleSort(numbers);
        for (int number : numbers) System.out.print(number + " ");
        System.out.println();
    }
}
