import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

public class Main {
    record Student(String name, int points) {}

    public static void main(String[] args) {
        List<Student> students = new ArrayList<>();
        students.add(new Student("Ali", 84));
        students.add(new Student("Bea", 91));
        students.add(new Student("Cem", 77));
        students.sort(Comparator.comparing(Student::points).reversed());
        for (Student student : students) {
            System.out.println(student.name() + " " + student.points());
        }
    }
}
