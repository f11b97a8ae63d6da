import java.util.Scanner;

public class Main {
    static int search(int[] numbers, int wanted) {
        int low = 0, high = numbers.length - 1;
        while (low <= high) {
            int middle = (low + high) / 2;
            if (numbers[middle] == wanted) return middle;
            if (numbers[middle] < wanted) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] numbers = {1, 3, 5, 7, 9, 11};
        for (int i = 0; i < 2; i++) {
            System.out.print("Wanted? ");
            int wanted = in.nextInt();
            int place = search(numbers, wanted);
            System.out.println(wanted + (place < 0 ? " is not there" : " is at " + place));
        }
    }
}
