import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.print("Up to? ");
        int limit = new Scanner(System.in).nextInt();
        boolean[] crossedOut = new boolean[limit + 1];
        List<String> primes = new ArrayList<>();
        for (int number = 2; number <= limit; number++) {
            if (crossedOut[number]) continue;
            primes.add(String.valueOf(number));
            for (int multiple = number * number; multiple <= limit; multiple += number) {
                crossedOut[multiple] = true;
            }
        }
        System.out.println(String.join(" ", primes));
    }
}
