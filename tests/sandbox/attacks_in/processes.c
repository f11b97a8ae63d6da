#include <stdio.h>
#include <unistd.h>
int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    for (int count = 0; count < 4000; count++) {
        pid_t pid = fork();
        if (pid == 0) { pause(); return 0; }
        if (pid < 0) { puts("refused"); return 0; }
    }
    puts("done");
}
