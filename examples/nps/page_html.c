#include "platform.h"

#include <ctype.h>
#include <string.h>

#include "page_html.h"

/* Everything that a browser needs is here, and nothing may be fetched. */
static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<style>\n"
    "body { font: 16px/1.5 sans-serif; color: #222222; background: #ffffff; max-width: 52rem; margin: 0 auto; "
    "padding: 1.5rem; }\n"
    "h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 0.25rem; overflow-wrap: anywhere; }\n"
    "h2 { font-size: 1.25rem; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid #dddddd; }\n"
    "h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }\n"
    "p, ul { margin: 0.5rem 0; }\n"
    ".score { font-size: 3.5rem; line-height: 1; font-weight: bold; margin: 1rem 0 0.25rem; }\n"
    ".quiet { color: #595959; }\n"
    ".look { background: #f5f5f5; border-left: 4px solid #0072b2; padding: 0.5rem 1rem; margin: 1rem 0; }\n"
    ".look h2 { border: 0; margin: 0; padding: 0; }\n"
    ".wide { overflow-x: auto; }\n"
    "table { border-collapse: collapse; font-size: 0.875rem; margin: 0.75rem 0; }\n"
    "th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #dddddd; "
    "vertical-align: top; }\n"
    "th { white-space: nowrap; }\n"
    ".n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }\n"
    "svg { display: block; width: 100%; height: auto; margin: 0.75rem 0; }\n"
    "@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2, h3 { break-after: avoid; } "
    "svg, tr { break-inside: avoid; } }\n"
    "</style>\n"
    "<title>";

static void escape(text *to, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        switch (bytes[i]) {
        case '&':
            text_say(to, "&amp;");
            break;
        case '<':
            text_say(to, "&lt;");
            break;
        case '>':
            text_say(to, "&gt;");
            break;
        case '"':
            text_say(to, "&quot;");
            break;
        default:
            text_append(to, &bytes[i], 1);
        }
    }
}

void html_text(text *to, const char *bytes, size_t length)
{
    text clean = {0};
    text_append(&clean, "", 0);
    text_append_escaped(&clean, bytes, length, SIZE_MAX, TEXT_ESCAPE_TERMINAL);
    bool isolated = text_is_right_to_left(clean.bytes, clean.length);
    if (isolated) text_say(to, "<bdi>");
    escape(to, clean.bytes, clean.length);
    if (isolated) text_say(to, "</bdi>");
    text_free(&clean);
}

static void element(text *to, const char *name, text *sentence)
{
    if (sentence->length == 0) return;
    sentence->bytes[0] = (char)toupper((unsigned char)sentence->bytes[0]);
    text_say(to, "<%s>", name);
    escape(to, sentence->bytes, sentence->length);
    text_say(to, ".</%s>\n", name);
    sentence->length = 0;
}

void html_sentence(text *to, text *sentence)
{
    element(to, "p", sentence);
}

void html_item(text *to, text *sentence)
{
    element(to, "li", sentence);
}

void html_grid(text *to, grid *table)
{
    text_say(to, "<div class=\"wide\"><table>\n<thead>");
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % table->columns;
        const char *name = i < table->columns ? "th" : "td";
        if (column == 0) text_say(to, "<tr>");
        text_say(to, "<%s%s%s>", name, i < table->columns ? " scope=\"col\"" : "",
                 table->right[column] ? " class=\"n\"" : "");
        html_text(to, table->cells[i].bytes, table->cells[i].length);
        text_say(to, "</%s>", name);
        if (column + 1 == table->columns) text_say(to, "</tr>%s\n", i + 1 == table->columns ? "</thead>\n<tbody>" : "");
    }
    text_say(to, "</tbody>\n</table></div>\n");
    grid_free(table);
}

void html_heading(text *to, const char *id, const char *words)
{
    text_say(to, "<h2 id=\"%s\">%s</h2>\n", id, words);
}

void html_page(text *to, const char *title, const text *body)
{
    text_append(to, head, sizeof head - 1);
    html_text(to, title, strlen(title));
    text_say(to, "</title>\n</head>\n<body>\n");
    text_append(to, body->bytes, body->length);
    text_say(to, "</body>\n</html>\n");
}
