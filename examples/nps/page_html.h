/* Pieces of a page: text that is nothing but text, tables, and the frame around all. */
#ifndef PAGE_HTML_H
#define PAGE_HTML_H

#include <stddef.h>

#include "grid.h"
#include "text.h"

/* What comes from the input: no sign in it is HTML, what is not UTF-8 is replaced, and it does not reorder what stands
 * beside it. */
void html_text(text *to, const char *bytes, size_t length);

/* A paragraph of one sentence, with a capital and a full stop; nothing where it is empty. The sentence is emptied. */
void html_sentence(text *to, text *sentence);

/* The same as an item of a list. */
void html_item(text *to, text *sentence);

/* A table, which is freed. */
void html_grid(text *to, grid *table);

void html_heading(text *to, const char *id, const char *words);

/* The page: its head, what stands in the body, its end. */
void html_page(text *to, const char *title, const text *body);

#endif
