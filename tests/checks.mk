# What `make check` runs beyond the suites. Each check is a target of its own and builds what it needs under
# $(B)/check, with its own compiler and flags, whatever was configured.

CHECKS = check-gcc check-clang check-plain check-asan check-valgrind check-corpus check-fuzz check-examples check-headers \
  check-exports check-layout check-docs check-page check-coverage check-simulate check-install distcheck lint

# Sets up what the checks need, then runs them all and counts.
check:
	@$(srcdir)/scripts/setup check
	@MAKE='$(MAKE)' $(srcdir)/scripts/check $(B)/check $(CHECKS)

# On all processors.
PARALLEL = -j$(shell getconf _NPROCESSORS_ONLN)
GCC_BUILD = $(PARALLEL) B=$(B)/check/gcc CC=gcc CFLAGS='-O2 -g -Werror'
CLANG_BUILD = $(PARALLEL) B=$(B)/check/clang CC=clang CFLAGS='-O2 -g -Werror'
ASAN_BUILD = $(PARALLEL) B=$(B)/check/asan CC=clang ENABLE_SHARED=no \
  CFLAGS='-O1 -g -Werror -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'

check-gcc:
	$(MAKE) $(GCC_BUILD) all examples test

check-clang:
	$(MAKE) $(CLANG_BUILD) all examples tests

check-asan:
	$(MAKE) $(ASAN_BUILD) test

# The library needs no flags of ours.
check-plain:
	mkdir -p $(B)/check/plain
	source=$$(cd $(srcdir) && pwd) && cd $(B)/check/plain && $(CC) -I"$$source/include" "$$source"/lib/*.c -c

# Suites whose subject is memory that comes from outside and that do not take minutes; check-asan runs them all.
VALGRIND_TESTS = column tally codec
check-valgrind:
	$(MAKE) $(GCC_BUILD) tests
	for t in $(VALGRIND_TESTS); do \
	    CK_FORK=no valgrind -q --leak-check=full --error-exitcode=99 \
	        $(B)/check/gcc/tests/test_$$t || exit 1; \
	done

# Fuzzing: the corpus is replayed with plain gcc, and each target runs a short while; `make fuzz` takes its time.
FUZZERS = codec parse
FUZZ_SECONDS = 10
FUZZ_SOURCES = -std=c11 -I$(srcdir)/include -I$(srcdir)/lib -I$(srcdir)/tests -I$(srcdir)/tests/fuzz
check-corpus:
	$(MAKE) $(GCC_BUILD) lib
	for f in $(FUZZERS); do \
	    gcc $(FUZZ_SOURCES) -g -o $(B)/check/replay_$$f $(srcdir)/tests/fuzz/fuzz_$$f.c $(srcdir)/tests/fuzz/replay.c \
	        $(B)/check/gcc/libnps.a -lm && $(B)/check/replay_$$f $(srcdir)/tests/corpus/$$f/* || exit 1; \
	done

check-fuzz:
	mkdir -p $(B)/check
	for f in $(FUZZERS); do \
	    mkdir -p $(B)/check/found_$$f && \
	    clang $(FUZZ_SOURCES) -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	        -o $(B)/check/fuzz_$$f $(srcdir)/tests/fuzz/fuzz_$$f.c $(srcdir)/lib/*.c -lm && \
	    $(B)/check/fuzz_$$f -max_total_time=$(FUZZ_SECONDS) -max_len=1400 -artifact_prefix=$(B)/check/found_$$f/ \
	        $(B)/check/found_$$f $(srcdir)/tests/corpus/$$f || exit 1; \
	done

fuzz:
	$(MAKE) check-fuzz FUZZ_SECONDS=3600

check-examples:
	$(MAKE) $(GCC_BUILD) examples
	$(srcdir)/tests/examples $(srcdir) $(B)/check/gcc

check-headers:
	CC='$(CC)' CXX='$(CXX)' $(srcdir)/tests/abi/headers $(srcdir)

check-exports:
	$(MAKE) $(GCC_BUILD) lib
	$(srcdir)/tests/abi/exports $(srcdir) $(B)/check/gcc

check-layout:
	mkdir -p $(B)/check
	CC='$(CC)' $(srcdir)/tests/abi/layout $(srcdir) > $(B)/check/layout.txt
	diff -u $(srcdir)/tests/abi/layout.txt $(B)/check/layout.txt

check-docs:
	mandoc -T lint -W warning $(srcdir)/docs/man/nps.1 $(srcdir)/docs/man/libnps.3
	$(srcdir)/tests/docs $(srcdir)

# The page of nps report in a browser, without a network; $(B)/check/page.png is what it looks like.
check-page:
	$(MAKE) $(GCC_BUILD) all
	$(srcdir)/tests/page $(srcdir) $(B)/check/gcc/nps $(B)/check

# The tables at the end of docs/coverage.md. `make coverage` computes all of them, which takes two to three minutes;
# make check those of small samples.
COVERAGE = $(B)/check/coverage
coverage: COVERAGE_SIZES = 5 10 20 50 100
check-coverage: COVERAGE_SIZES = 5 10
coverage check-coverage:
	$(MAKE) $(GCC_BUILD) $(B)/check/gcc/tests/coverage
	$(B)/check/gcc/tests/coverage $(COVERAGE_SIZES) > $(COVERAGE)
	sed -n '/^### n = 5$$/,$$p' $(srcdir)/docs/coverage.md | head -n "$$(wc -l < $(COVERAGE))" | diff -u - $(COVERAGE)

# Peeking after every answer: the share of streams in which the confidence sequence ever leaves out the truth. STREAMS
# and ANSWERS in each; `make simulate` is the table of docs/sequential.md. Then LISTS of segments, ranked, which is that
# of docs/rank.md. Then rules and control limits where nothing changed, as in docs/monitor.md.
PEEKING = $(B)/check/gcc/tests/simulation/peeking
LEADERBOARDS = $(B)/check/gcc/tests/simulation/leaderboards
ALERTS = $(B)/check/gcc/tests/simulation/alerts
check-simulate: STREAMS = 400
check-simulate: ANSWERS = 500
check-simulate: LISTS = 40
check-simulate: ALARMS = 100
simulate: STREAMS = 2500
simulate: ANSWERS = 2000
simulate: LISTS = 4000
simulate: ALARMS = 5000
check-simulate simulate:
	$(MAKE) $(GCC_BUILD) $(PEEKING) $(LEADERBOARDS) $(ALERTS)
	$(PEEKING) $(STREAMS) $(ANSWERS)
	$(LEADERBOARDS) $(LISTS)
	$(ALERTS) $(ALARMS)

check-install:
	MAKE='$(MAKE)' CC='$(CC)' CXX='$(CXX)' PKG_CONFIG='$(PKG_CONFIG)' \
	    $(srcdir)/tests/install/run $(srcdir) $(B)/check/install

# The suites on another machine, in an emulator: make check-cross HOST=s390x-linux-gnu
HOST = aarch64-linux-gnu
check-cross:
	$(MAKE) $(PARALLEL) B=$(B)/check/$(HOST) CC=$(HOST)-gcc AR=$(HOST)-ar CFLAGS=-O2 LDFLAGS=-static ENABLE_CLI=no \
	    CHECK_CFLAGS=-I$(srcdir)/tests/cross CHECK_LIBS= EMULATOR=qemu-$(firstword $(subst -, ,$(HOST))) test

# Layout and faults that a compiler does not see. The layout is clang-format 14's.
C_FILES = $(shell find $(srcdir)/include $(srcdir)/lib $(srcdir)/tests $(srcdir)/examples -name '*.[ch]')
SHELL_FILES = $(addprefix $(srcdir)/,scripts/chart-libs scripts/check scripts/cli-libs scripts/dist scripts/distcheck scripts/setup \
  tests/abi/exports tests/abi/headers tests/abi/layout tests/docs tests/examples tests/install/run tests/page)
lint:
	clang-format --dry-run -Werror $(C_FILES)
	shellcheck $(SHELL_FILES)

# More of the same, which takes longer and cries wolf at times.
tidy:
	clang-tidy --quiet $(srcdir)/lib/*.c -- $(NPS_CPPFLAGS) -std=c11
	cppcheck --quiet --enable=warning,portability --std=c11 -I$(srcdir)/include $(srcdir)/lib

format:
	clang-format -i $(C_FILES)

.PHONY: check $(CHECKS) check-cross coverage fuzz simulate tidy format
