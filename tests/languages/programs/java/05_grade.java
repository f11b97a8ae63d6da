import java.util.Scanner;

public class Main {
    static char grade(int points) {
        if (points >= 90) return 'A';
        else if (points >= 80) return 'B';
        else if (points >= 70) return 'C';
        else return 'F';
    }

    public static void main(String[] args) {
        System.out.print("Points? ");
        System.out.println("Grade: " + grade(new Scanner(System.in).nextInt()));
    }
}
