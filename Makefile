# libnps. `make` works with nothing configured; ./configure writes config.mk, which overrides what stands here.
srcdir = .
-include config.mk

CC ?= cc
AR ?= ar
CFLAGS ?= -O2 -g
prefix = /usr/local

B = build
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wvla
# Ours, apart from the user's CPPFLAGS, CFLAGS and LDFLAGS.
NPS_CPPFLAGS = -I$(srcdir)/include
NPS_CFLAGS = -std=c11 $(WARNINGS) -ffp-contract=off -fvisibility=hidden -fPIC

LIB_SOURCES := $(sort $(wildcard $(srcdir)/lib/*.c))
LIB_OBJECTS := $(patsubst $(srcdir)/lib/%.c,$(B)/lib/%.o,$(LIB_SOURCES))
TESTS := $(patsubst $(srcdir)/tests/%.c,$(B)/tests/%,$(sort $(wildcard $(srcdir)/tests/test_*.c)))

all: $(B)/libnps.a

$(B)/libnps.a: $(LIB_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $(LIB_OBJECTS)

$(B)/lib/%.o: $(srcdir)/lib/%.c
	@mkdir -p $(@D)
	$(CC) $(NPS_CPPFLAGS) $(CPPFLAGS) $(NPS_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

CHECK_CFLAGS = $(shell pkg-config --cflags check)
CHECK_LIBS = $(shell pkg-config --libs check)
$(B)/tests/%: $(srcdir)/tests/%.c $(srcdir)/tests/support.c $(B)/libnps.a
	@mkdir -p $(@D)
	$(CC) $(NPS_CPPFLAGS) -I$(srcdir)/lib -I$(srcdir)/tests $(CPPFLAGS) $(CHECK_CFLAGS) $(NPS_CFLAGS) $(CFLAGS) -MMD -MP -o $@ $< $(srcdir)/tests/support.c $(B)/libnps.a $(LDFLAGS) $(CHECK_LIBS) -lm

test: $(TESTS)
	@for t in $(TESTS); do $$t || exit 1; done

clean:
	rm -rf $(B)

-include $(wildcard $(B)/*/*.d)
.PHONY: all test clean
