/* floor FROM TO: reads the tree FROM into memory, then writes it to TO with two threads and prints the seconds that the writing
 * took. No generator can be faster on this disk with two threads; what it is slower by is its own work.
 *
 * cc -O2 -pthread floor.c -o floor */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <fts.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define THREADS 2
/* Neighbours stay together, so that two threads seldom want the same folder. */
#define BATCH 32

struct entry {
    char *path; /* relative to the tree */
    char *bytes;
    size_t length;
};

struct list {
    struct entry *entries;
    size_t count, room;
};

static struct list folders, files;
static int target; /* the folder TO */
static atomic_size_t next;

static void add(struct list *list, struct entry entry) {
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 1024;
        list->entries = realloc(list->entries, list->room * sizeof entry);
        if (!list->entries) err(1, "realloc");
    }
    list->entries[list->count++] = entry;
}

static char *content(const char *path, size_t length) {
    char *bytes = malloc(length + 1);
    int file = open(path, O_RDONLY);
    if (!bytes || file < 0) err(1, "%s", path);
    for (size_t done = 0; done < length;) {
        ssize_t got = read(file, bytes + done, length - done);
        if (got <= 0) err(1, "%s", path);
        done += got;
    }
    close(file);
    return bytes;
}

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

static void load(char *from) {
    char *roots[] = {from, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    if (!walk) err(1, "%s", from);
    for (FTSENT *found; (found = fts_read(walk));) {
        if (found->fts_level == 0) continue;
        char *path = strdup(found->fts_path + strlen(from) + 1);
        size_t length = found->fts_info == FTS_F ? (size_t)found->fts_statp->st_size : 0;
        if (found->fts_info == FTS_D) add(&folders, (struct entry){path, NULL, 0});
        if (found->fts_info == FTS_F) add(&files, (struct entry){path, content(found->fts_accpath, length), length});
    }
    fts_close(walk);
}

static void save(const struct entry *entry) {
    int file = openat(target, entry->path, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (file < 0) err(1, "%s", entry->path);
    for (size_t done = 0; done < entry->length;) {
        ssize_t put = write(file, entry->bytes + done, entry->length - done);
        if (put < 0) err(1, "%s", entry->path);
        done += put;
    }
    close(file);
}

static void *work(void *unused) {
    (void)unused;
    for (size_t first; (first = atomic_fetch_add(&next, BATCH)) < files.count;)
        for (size_t at = first; at < first + BATCH && at < files.count; at++) save(&files.entries[at]);
    return NULL;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count != 3) errx(2, "usage: floor FROM TO");
    load(arguments[1]);
    pthread_t threads[THREADS];
    double start = now();
    if (mkdir(arguments[2], 0755) < 0 || (target = open(arguments[2], O_RDONLY | O_DIRECTORY)) < 0) err(1, "%s", arguments[2]);
    for (size_t at = 0; at < folders.count; at++)
        if (mkdirat(target, folders.entries[at].path, 0755) < 0) err(1, "%s", folders.entries[at].path);
    for (int at = 0; at < THREADS; at++)
        if (pthread_create(&threads[at], NULL, work, NULL)) errx(1, "pthread_create");
    for (int at = 0; at < THREADS; at++) pthread_join(threads[at], NULL);
    printf("%f\n", now() - start);
    return 0;
}
