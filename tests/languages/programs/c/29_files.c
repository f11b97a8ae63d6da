#include <stdio.h>

int main(void) {
    char line[100];
    FILE *file = fopen("notes.txt", "w");

    if (file == NULL) {
        perror("notes.txt");
        return 1;
    }
    for (int i = 0; i < 3; i++) {
        printf("Note? ");
        if (fgets(line, sizeof line, stdin) != NULL)
            fputs(line, file);
    }
    fclose(file);
    file = fopen("notes.txt", "r");
    for (int number = 1; file != NULL && fgets(line, sizeof line, file) != NULL; number++)
        printf("%d: %s", number, line);
    fclose(file);
    return 0;
}
