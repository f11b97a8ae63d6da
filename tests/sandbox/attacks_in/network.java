import java.net.InetSocketAddress;
import java.net.Socket;
class Main {
    public static void main(String[] words) {
        for (int i = 0; i + 1 < words.length; i += 2) {
            try (var one = new Socket()) {
                one.connect(new InetSocketAddress(words[i], Integer.parseInt(words[i + 1])), 5000);
                System.out.println("done");
            } catch (Exception error) {
                System.out.println("refused");
            }
        }
    }
}
