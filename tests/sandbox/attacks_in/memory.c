#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    for (int count = 0; count < 2048; count++) {
        char *piece = malloc(1 << 20);
        if (!piece) { puts("refused"); return 0; }
        memset(piece, 1, 1 << 20);
    }
    puts("done");
}
