#include <fcntl.h>
#include <stdio.h>
int main(void) {
    for (int count = 0; count < 5000; count++)
        if (open("/dev/null", O_RDONLY) < 0) { puts("refused"); return 0; }
    puts("done");
}
