public class Main {
    public static void main(String[] args) {
        int[][] matrix = {{1, 2, 3}, {4, 5, 6}};
        int[][] transposed = new int[3][2];
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 3; column++) {
                transposed[column][row] = matrix[row][column];
            }
        }
        for (int[] row : transposed) {
            System.out.println(row[0] + " " + row[1]);
        }
    }
}
