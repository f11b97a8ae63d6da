import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.print("Name? ");
        String name = in.nextLine();
        System.out.print("Age? ");
        int age = in.nextInt();
        System.out.println("Hello, " + name + "!");
        System.out.println("Next year you will be " + (age + 1) + ".");
    }
}
