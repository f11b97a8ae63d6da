import java.util.Scanner;

public class Main {
    private static final int SECRET = 42;

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int guess, guesses = 0;
        do {
            System.out.print("Guess? ");
            guess = in.nextInt();
            guesses++;
            if (guess > SECRET) System.out.println("too high");
            if (guess < SECRET) System.out.println("too low");
        } while (guess != SECRET);
        System.out.println("right after " + guesses + " guesses");
    }
}
