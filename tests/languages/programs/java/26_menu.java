import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int total = 0;
        boolean running = true;
        while (running) {
            System.out.println("1 add  2 show  3 quit");
            System.out.print("> ");
            switch (in.nextInt()) {
                case 1:
                    System.out.print("Amount? ");
                    total += in.nextInt();
                    break;
                case 2:
                    System.out.println("Total: " + total);
                    break;
                default:
                    running = false;
            }
        }
        System.out.println("Bye");
    }
}
