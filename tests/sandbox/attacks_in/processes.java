import java.util.ArrayList;
class Main {
    public static void main(String[] words) {
        var started = new ArrayList<Process>();
        try {
            for (int count = 0; count < 4000; count++) {
                started.add(new ProcessBuilder("/bin/sleep", "60").start());
            }
            System.out.println("done");
        } catch (Throwable error) {
            System.out.println("refused");
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
