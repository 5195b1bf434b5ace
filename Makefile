# libnps. GNU make; works with nothing configured. ./configure writes config.mk, which overrides what stands here, and
# the command line overrides both.

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
# The nps command: yes, no, or empty for yes when its libraries are there.
ENABLE_CLI =

-include config.mk

ifeq ($(srcdir)|$(B),.|.)
$(error B must not be the source directory)
endif

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wvla
# Ours, apart from the user's CPPFLAGS, CFLAGS and LDFLAGS, which may be given on the command line.
NPS_CPPFLAGS = -I$(srcdir)/include
NPS_CFLAGS = -std=c11 $(WARNINGS) -ffp-contract=off -fvisibility=hidden -fPIC
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
  # The sanitizers' functions are found only when a program runs.
  SHARED_LDFLAGS = -shared -Wl,-soname,$(SONAME) -Wl,--version-script,$(srcdir)/nps.map \
    $(if $(findstring -fsanitize,$(CC) $(CFLAGS) $(LDFLAGS)),,-Wl,-z,defs)
endif
ifneq (,$(findstring mingw,$(TARGET)))
  ENABLE_SHARED = no
endif

ifeq ($(ENABLE_CLI),)
  CLI_FLAGS := $(shell CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' CFLAGS='$(CFLAGS)' LDFLAGS='$(LDFLAGS)' \
    PKG_CONFIG='$(PKG_CONFIG)' '$(srcdir)/scripts/cli-libs')
  ENABLE_CLI := $(if $(CLI_FLAGS),yes,missing)
endif
CLI_CFLAGS = $(filter -I% -D%,$(CLI_FLAGS))
CLI_LIBS = $(filter-out -I% -D%,$(CLI_FLAGS))

objects = $(patsubst $(srcdir)/%.c,$(B)/%.o,$(sort $(wildcard $(srcdir)/$(1)/*.c)))
programs = $(patsubst $(srcdir)/%.c,$(B)/%,$(sort $(wildcard $(srcdir)/$(1).c)))
LIB_OBJECTS := $(call objects,lib)
CLI_OBJECTS := $(call objects,examples/nps)
EXAMPLES := $(call programs,examples/*)
TESTS := $(call programs,tests/test_*)
HEADERS := $(sort $(wildcard $(srcdir)/include/nps/*.h))

LIBRARIES = $(B)/libnps.a
ifeq ($(ENABLE_SHARED),yes)
  LIBRARIES += $(B)/$(DEVLINK)
endif
ifeq ($(ENABLE_CLI)|$(if $(CLI_OBJECTS),there),yes|there)
  COMMAND = $(B)/nps
endif

all: $(LIBRARIES) $(COMMAND)
ifeq ($(ENABLE_CLI),missing)
	@echo 'The nps command was not built: it needs libcsv and jansson. scripts/setup cli installs them.'
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
	$(LINK) -o $@ $(CLI_OBJECTS) $(B)/libnps.a $(CLI_LIBS) -lm

$(B)/lib/%.o: $(srcdir)/lib/%.c
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

# The command is a POSIX program; the library asks for nothing but C.
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

test: $(TESTS)
	@for t in $(TESTS); do $$t || exit 1; done

examples: $(EXAMPLES)

clean:
	rm -rf $(B)/lib $(B)/examples $(B)/tests $(B)/check $(B)/libnps.* $(B)/nps $(B)/nps.pc
	@if test '$(B)' != . && test -d $(B); then rmdir $(B) 2>/dev/null || :; fi

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)
.DELETE_ON_ERROR:
.PHONY: all lib test examples clean
