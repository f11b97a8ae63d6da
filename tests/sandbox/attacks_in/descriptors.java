import java.io.FileInputStream;
import java.util.ArrayList;
class Main {
    public static void main(String[] words) {
        var kept = new ArrayList<FileInputStream>();
        try {
            for (int count = 0; count < 5000; count++) kept.add(new FileInputStream("/dev/null"));
            System.out.println("done");
        } catch (Exception error) {
            System.out.println("refused");
        }
    }
}
