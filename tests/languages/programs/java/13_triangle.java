import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("Rows? ");
        int rows = new Scanner(System.in).nextInt();
        for (int row = 1; row <= rows; row++) {
            for (int column = 0; column < row; column++) {
                System.out.print('*');
            }
            System.out.println();
        }
    }
}
