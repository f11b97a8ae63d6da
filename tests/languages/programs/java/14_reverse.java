import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("Word? ");
        StringBuilder word = new StringBuilder(new Scanner(System.in).next());
        System.out.println(word.reverse());
    }
}
