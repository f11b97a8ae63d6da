import java.nio.ByteBuffer;
import java.util.ArrayList;
class Main {
    public static void main(String[] words) {
        var kept = new ArrayList<Object>();
        try {
            for (int count = 0; count < 2048; count++) {
                ByteBuffer piece = ByteBuffer.allocateDirect(1 << 20);
                for (int at = 0; at < 1 << 20; at += 4096) piece.put(at, (byte) 1);
                kept.add(piece);
                kept.add(new byte[1 << 20]);
            }
            System.out.println("done");
        } catch (Throwable error) {
            kept.clear();
            System.out.println("refused");
        }
    }
}
