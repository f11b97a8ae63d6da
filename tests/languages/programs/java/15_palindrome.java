import java.util.Scanner;

public class Main {
    static boolean isPalindrome(String word) {
        for (int i = 0; i < word.length() / 2; i++) {
            if (word.charAt(i) != word.charAt(word.length() - 1 - i)) {
                return false;
            }
        }
        return true;
    }

    public static void main(String[] args) {
        System.out.print("Word? ");
        String word = new Scanner(System.in).next();
        System.out.println(word + (isPalindrome(word) ? " is a palindrome" : " is no palindrome"));
    }
}
