# libnps. Works with nothing configured. ./configure writes config.mk, which overrides what stands here, and the
# command line overrides both. It takes GNU make; a BSD make stops at the next line, which is no rule to it.
.error : libnps needs GNU make, please run gmake

CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config
INSTALL = install

prefix = /usr/local
exec_prefix = $(prefix)
bindir = $(exec_prefix)/bin
libdir = $(exec_prefix)/lib
includedir = $(prefix)/include
datarootdir = $(prefix)/share
mandir = $(datarootdir)/man
pkgconfigdir = $(libdir)/pkgconfig
bashcompletiondir = $(datarootdir)/bash-completion/completions
zshcompletiondir = $(datarootdir)/zsh/site-functions
fishcompletiondir = $(datarootdir)/fish/vendor_completions.d

srcdir = .
# Everything built goes here.
B = build
ENABLE_SHARED = yes
# The nps command, where its libraries are there.
ENABLE_CLI = yes
# Its pictures, where theirs are.
ENABLE_CHARTS = yes

-include config.mk

ifeq ($(srcdir)|$(B),.|.)
$(error B must not be the source directory)
endif

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wvla
# Ours, apart from the user's CPPFLAGS, CFLAGS and LDFLAGS, which may be given on the command line.
NPS_CPPFLAGS = -I$(srcdir)/include
NPS_CFLAGS = -std=c11 $(WARNINGS) -ffp-contract=off -fvisibility=hidden -fPIC
# Nothing unwinds through the library; the tables for it are a tenth of its size. Debuggers have theirs by -g.
LIB_CFLAGS = -fno-asynchronous-unwind-tables
# What answers pass through one by one, and what loops over tables, is compiled for speed; the rest, which is called once
# a result, for size. Without -O2 or -O3 all of it is as CFLAGS say.
FAST = bytes column complex crc32c double_double drivers_block drivers_sums histogram histogram_compare \
  histogram_neon histogram_x86 panel_columns panel_store rank_best root segments_columns segments_key_rows \
  segments_keys segments_merge segments_rows segments_sort segments_states segments_table tally weighted%
SMALL_CFLAGS = $(if $(filter -O2 -O3,$(CFLAGS)),-Os)
COMPILE = $(CC) $(NPS_CPPFLAGS) $(CPPFLAGS) $(NPS_CFLAGS) $(CFLAGS)
LINK = $(CC) $(NPS_CFLAGS) $(CFLAGS) $(LDFLAGS)

# The version stands in version.h and nowhere else.
VERSION_PARTS := $(shell sed -n 's/^.define NPS_VERSION_[A-Z]* *\([0-9][0-9]*\).*/\1/p' '$(srcdir)/include/nps/version.h')
EMPTY :=
VERSION := $(subst $(EMPTY) ,.,$(VERSION_PARTS))
MAJOR := $(firstword $(VERSION_PARTS))

# The target is the compiler's, not this machine's.
TARGET := $(shell $(CC) -dumpmachine)
ifneq (,$(findstring darwin,$(TARGET)))
  SHARED = libnps.$(VERSION).dylib
  SONAME = libnps.$(MAJOR).dylib
  DEVLINK = libnps.dylib
  SHARED_LDFLAGS = -dynamiclib -install_name '$(libdir)/$(SONAME)' -current_version $(VERSION)
else
  SHARED = libnps.so.$(VERSION)
  SONAME = libnps.so.$(MAJOR)
  DEVLINK = libnps.so
  # The library calls its own functions, whoever else has some of these names, and pads no pages. The sanitizers'
  # functions are found only when a program runs.
  SHARED_LDFLAGS = -shared -Wl,-soname,$(SONAME) -Wl,--version-script,$(srcdir)/nps.map \
    -Wl,-Bsymbolic-functions -Wl,-z,noseparate-code \
    $(if $(findstring -fsanitize,$(CC) $(CFLAGS) $(LDFLAGS)),,-Wl,-z,defs)
endif
ifneq (,$(findstring mingw,$(TARGET)))
  ENABLE_SHARED = no
endif

ifeq ($(ENABLE_CLI)|$(CLI_FLAGS),yes|)
  CLI_FLAGS := $(shell CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' CFLAGS='$(CFLAGS)' LDFLAGS='$(LDFLAGS)' \
    PKG_CONFIG='$(PKG_CONFIG)' '$(srcdir)/scripts/cli-libs')
endif
CLI_CFLAGS = $(filter -I% -D%,$(CLI_FLAGS))
CLI_LIBS = $(filter-out -I% -D%,$(CLI_FLAGS))
ifneq ($(ENABLE_CLI)|$(ENABLE_CHARTS),yes|yes)
  CHART_FLAGS =
else ifeq ($(CHART_FLAGS),)
  CHART_FLAGS := $(shell CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' CFLAGS='$(CFLAGS)' LDFLAGS='$(LDFLAGS)' \
    PKG_CONFIG='$(PKG_CONFIG)' '$(srcdir)/scripts/chart-libs')
endif
# Warnings are about our own headers.
CHART_CFLAGS = $(patsubst -I%,-isystem %,$(filter -I% -D%,$(CHART_FLAGS)))
CHART_LIBS = $(filter-out -I% -D%,$(CHART_FLAGS))

objects = $(patsubst $(srcdir)/%.c,$(B)/%.o,$(sort $(wildcard $(srcdir)/$(1)/*.c)))
programs = $(patsubst $(srcdir)/%.c,$(B)/%,$(sort $(wildcard $(srcdir)/$(1).c)))
LIB_OBJECTS := $(call objects,lib)
# One of the last two: what draws pictures, or what stands for it.
CLI_OBJECTS := $(filter-out %/chart_none.o,$(call objects,examples/nps)) \
  $(if $(CHART_FLAGS),$(call objects,examples/nps/chart),$(B)/examples/nps/chart_none.o)
EXAMPLES := $(call programs,examples/*)
TESTS := $(call programs,tests/test_*)
HEADERS := $(sort $(wildcard $(srcdir)/include/nps/*.h))

LIBRARIES = $(B)/libnps.a
ifeq ($(ENABLE_SHARED),yes)
  LIBRARIES += $(B)/$(DEVLINK)
endif
ifeq ($(ENABLE_CLI),yes)
  COMMAND = $(if $(CLI_FLAGS),$(B)/nps)
endif

all: $(LIBRARIES) $(COMMAND)
ifeq ($(ENABLE_CLI)|$(COMMAND),yes|)
	@echo 'The nps command was not built: it needs libcsv and jansson. scripts/setup cli installs them.'
else ifeq ($(ENABLE_CLI)|$(ENABLE_CHARTS)|$(CHART_FLAGS),yes|yes|)
	@echo 'The nps command was built without pictures: they need pango and cairo. scripts/setup cli installs them.'
endif

lib: $(LIBRARIES)

$(B)/libnps.a: $(LIB_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $(LIB_OBJECTS)

$(B)/$(SHARED): $(LIB_OBJECTS) $(srcdir)/nps.map
	$(LINK) $(SHARED_LDFLAGS) -o $@ $(LIB_OBJECTS) -lm

$(B)/$(DEVLINK): $(B)/$(SHARED)
	ln -sf $(SHARED) $(B)/$(SONAME)
	ln -sf $(SHARED) $@

$(B)/nps: $(CLI_OBJECTS) $(B)/libnps.a
	$(LINK) -o $@ $(CLI_OBJECTS) $(B)/libnps.a $(CLI_LIBS) $(CHART_LIBS) -lm

$(B)/lib/%.o: $(srcdir)/lib/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(if $(filter $(FAST),$*),,$(SMALL_CFLAGS)) $(LIB_CFLAGS) -MMD -MP -c -o $@ $<

# The command is a POSIX program; the library asks for nothing but C.
$(B)/examples/nps/chart/%.o: $(srcdir)/examples/nps/chart/%.c
	@mkdir -p $(@D)
	$(COMPILE) -std=gnu11 -I$(srcdir)/examples/nps $(CLI_CFLAGS) $(CHART_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/examples/nps/%.o: $(srcdir)/examples/nps/%.c
	@mkdir -p $(@D)
	$(COMPILE) -std=gnu11 $(CLI_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/examples/%: $(srcdir)/examples/%.c $(B)/libnps.a
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -o $@ $< $(LDFLAGS) $(B)/libnps.a -lm

# Tests.

CHECK_CFLAGS = $(shell $(PKG_CONFIG) --cflags check)
CHECK_LIBS = $(shell $(PKG_CONFIG) --libs check)
TEST_CPPFLAGS = -I$(srcdir)/lib -I$(srcdir)/tests -DTEST_REFERENCE_DIR='"$(srcdir)/tests/reference"' $(CHECK_CFLAGS)

$(B)/tests/%.o: $(srcdir)/tests/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(TEST_CPPFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/%: $(B)/tests/%.o $(B)/tests/support.o $(B)/libnps.a
	$(LINK) -o $@ $< $(B)/tests/support.o $(B)/libnps.a $(CHECK_LIBS) -lm

.SECONDARY: $(TESTS:=.o) $(B)/tests/support.o

tests: $(TESTS)

# All suites run, though one fails; each leaves a TAP file beside it. Then, or with -j beside them, the command's own tests.
RUNS = $(if $(COMMAND),$(B)/nps.run) $(TESTS:=.run)
test: $(TESTS) $(COMMAND)
	@$(MAKE) --no-print-directory -k $(RUNS)

$(TESTS:=.run): %.run: %
	@CK_TAP_LOG_FILE_NAME=$<.tap $(EMULATOR) $<

$(B)/nps.run: $(B)/nps
	@$(srcdir)/tests/cli/run $<

examples: $(EXAMPLES)

# Sets up what the command needs, and scores the survey that comes with it.
demo:
	@$(srcdir)/scripts/setup cli
	@$(MAKE) --no-print-directory -s ENABLE_CLI=yes $(B)/nps
	$(B)/nps score $(srcdir)/examples/data/survey.csv --by region --format table

# Installing. Paths may have blanks.

D = $(DESTDIR)

install: all
	$(INSTALL) -d '$D$(includedir)/nps' '$D$(libdir)' '$D$(pkgconfigdir)' '$D$(mandir)/man3'
	$(INSTALL) -m 644 $(srcdir)/include/nps.h '$D$(includedir)'
	$(INSTALL) -m 644 $(HEADERS) '$D$(includedir)/nps'
	$(INSTALL) -m 644 $(B)/libnps.a '$D$(libdir)'
	sed -e 's|@prefix@|$(prefix)|' -e 's|@libdir@|$(libdir)|' -e 's|@includedir@|$(includedir)|' \
	    -e 's|@VERSION@|$(VERSION)|' -e '/^[a-z]*dir=/s|=$(prefix)/|=$${prefix}/|' \
	    -e '/^[a-z]*=/s| |\\ |g' $(srcdir)/nps.pc.in > '$D$(pkgconfigdir)/nps.pc'
	$(INSTALL) -m 644 $(srcdir)/docs/man/libnps.3 '$D$(mandir)/man3'
ifeq ($(ENABLE_SHARED),yes)
	$(INSTALL) -m 755 $(B)/$(SHARED) '$D$(libdir)'
	ln -sf $(SHARED) '$D$(libdir)/$(SONAME)'
	ln -sf $(SHARED) '$D$(libdir)/$(DEVLINK)'
endif
ifneq ($(COMMAND),)
	$(INSTALL) -d '$D$(bindir)' '$D$(mandir)/man1' '$D$(bashcompletiondir)' '$D$(zshcompletiondir)' \
	    '$D$(fishcompletiondir)'
	$(INSTALL) -m 755 $(B)/nps '$D$(bindir)'
	$(INSTALL) -m 644 $(srcdir)/docs/man/nps.1 '$D$(mandir)/man1'
	$(INSTALL) -m 644 $(srcdir)/completions/nps.bash '$D$(bashcompletiondir)/nps'
	$(INSTALL) -m 644 $(srcdir)/completions/nps.zsh '$D$(zshcompletiondir)/_nps'
	$(INSTALL) -m 644 $(srcdir)/completions/nps.fish '$D$(fishcompletiondir)/nps.fish'
endif

uninstall:
	rm -f $(foreach h,$(notdir $(HEADERS)),'$D$(includedir)/nps/$h') '$D$(includedir)/nps.h' \
	    $(foreach l,libnps.a $(SHARED) $(SONAME) $(DEVLINK),'$D$(libdir)/$l') '$D$(pkgconfigdir)/nps.pc' \
	    '$D$(bindir)/nps' '$D$(mandir)/man1/nps.1' '$D$(mandir)/man3/libnps.3' '$D$(bashcompletiondir)/nps' \
	    '$D$(zshcompletiondir)/_nps' '$D$(fishcompletiondir)/nps.fish'
	if [ -d '$D$(includedir)/nps' ]; then rmdir '$D$(includedir)/nps'; fi

# Releasing.

DIST = libnps-$(VERSION)
dist:
	$(srcdir)/scripts/dist $(DIST)

distcheck: dist
	NPS_SHARED="$${NPS_SHARED:-$$(cd $(srcdir)/.. && pwd)/shared}" MAKE='$(MAKE)' $(srcdir)/scripts/distcheck $(DIST)

clean:
	rm -rf $(B)/lib $(B)/examples $(B)/tests $(B)/check $(B)/libnps.* $(B)/nps
	@if [ -d $(B) ]; then rmdir $(B) 2>/dev/null || :; fi

distclean: clean
	rm -rf config.mk config.log config.status autom4te.cache $(DIST) $(DIST).tar.gz
ifneq ($(srcdir),.)
	rm -f Makefile source
endif

include $(srcdir)/tests/checks.mk

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d $(B)/*/*/*/*.d)
.DELETE_ON_ERROR:
.PHONY: $(RUNS) all lib tests test examples demo install uninstall dist distcheck clean distclean
