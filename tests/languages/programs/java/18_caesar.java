import java.util.Scanner;

public class Main {
    static char shifted(char letter, int key) {
        if (!Character.isLetter(letter)) return letter;
        char first = Character.isUpperCase(letter) ? 'A' : 'a';
        return (char) ((letter - first + key) % 26 + first);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.print("Text? ");
        String text = in.nextLine();
        System.out.print("Key? ");
        int key = in.nextInt();
        String secret = "";
        for (int i = 0; i < text.length(); i++) {
            secret += shifted(text.charAt(i), key);
        }
        System.out.println(secret);
    }
}
