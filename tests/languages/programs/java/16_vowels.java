import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("Word? ");
        int vowels = 0;
        for (char letter : new Scanner(System.in).next().toLowerCase().toCharArray()) {
            switch (letter) {
                case 'a', 'e', 'i', 'o', 'u' -> vowels++;
                default -> { }
            }
        }
        System.out.println(vowels + " vowels");
    }
}
