import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.print("Width? ");
        double width = in.nextDouble();
        System.out.print("Height? ");
        double height = in.nextDouble();
        System.out.println("Area: " + width * height);
        System.out.println("Perimeter: " + 2 * (width + height));
    }
}
