#include <stdio.h>
int main(int count, char **words) {
    for (int i = 1; i + 1 < count; i += 2)
        puts(fopen(words[i + 1], words[i]) ? "done" : "refused");
}
