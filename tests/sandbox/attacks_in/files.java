import java.io.RandomAccessFile;
class Main {
    public static void main(String[] words) {
        for (int i = 0; i + 1 < words.length; i += 2) {
            try (var one = new RandomAccessFile(words[i + 1], words[i].equals("r") ? "r" : "rw")) {
                System.out.println("done");
            } catch (Exception error) {
                System.out.println("refused");
            }
        }
    }
}
