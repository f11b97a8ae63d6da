import java.util.Scanner;

class Temperature {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.print("Celsius? ");
        double celsius = Double.parseDouble(in.nextLine());
        System.out.printf("%.1f C = %.1f F%n", celsius, celsius * 9 / 5 + 32);
    }
}
