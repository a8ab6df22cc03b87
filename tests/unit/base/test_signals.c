// SPDX-License-Identifier: MIT
#include "base/signals.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void known_signals_have_their_names(void **state)
{
    char text[16];
    signals_name(SIGKILL, sizeof text, text);
    assert_string_equal(text, "SIGKILL");
    signals_name(SIGVTALRM, sizeof text, text);
    assert_string_equal(text, "SIGVTALRM");
    signals_name(40, sizeof text, text);
    assert_string_equal(text, "SIG40");
    assert_int_equal(signals_number("SIGTERM"), SIGTERM);
    (void)state;
}

static void every_signal_comes_back(void **state)
{
    for (int signal = 1; signal < NSIG; signal++) {
        char text[16];
        signals_name(signal, sizeof text, text);
        assert_int_equal(signals_number(text), signal);
    }
    (void)state;
}

static void other_words_are_no_signals(void **state)
{
    assert_int_equal(signals_number(""), -1);
    assert_int_equal(signals_number("KILL"), -1);
    assert_int_equal(signals_number("SIG"), -1);
    assert_int_equal(signals_number("SIG0"), -1);
    assert_int_equal(signals_number("SIG9"), -1); /* it has a name */
    assert_int_equal(signals_number("SIG1000"), -1);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_signals_have_their_names),
        cmocka_unit_test(every_signal_comes_back),
        cmocka_unit_test(other_words_are_no_signals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
