#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 20

int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int main(void) {
    char text[200], *words[MOST];
    int count = 0;

    printf("Text? ");
    if (fgets(text, sizeof text, stdin) == NULL)
        return 1;
    for (char *word = strtok(text, " \n"); word != NULL && count < MOST; word = strtok(NULL, " \n"))
        words[count++] = word;
    qsort(words, (size_t)count, sizeof words[0], compare);
    for (int i = 0, same; i < count; i += same) {
        for (same = 1; i + same < count && strcmp(words[i], words[i + same]) == 0; same++)
            ;
        printf("%s: %d\n", words[i], same);
    }
    return 0;
}
