import java.io.FileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;

public class Main {
    public static void main(String[] args) throws IOException {
        Scanner in = new Scanner(System.in);
        try (FileWriter file = new FileWriter("notes.txt")) {
            for (int i = 0; i < 3; i++) {
                System.out.print("Note? ");
                file.write(in.nextLine() + "\n");
            }
        }
        int number = 0;
        for (String line : Files.readAllLines(Path.of("notes.txt"))) {
            System.out.println(++number + ": " + line);
        }
    }
}
