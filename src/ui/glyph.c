// SPDX-License-Identifier: MIT
#include "ui/glyph.h"

#include <langinfo.h>
#include <string.h>

const struct glyphs glyphs_ascii = {
    .across = L"    #####",
    .up = L" .__===##",
    .shade = L"#=+-",
    .part = L"#=+-%:*.o",
    .cell_low = L'.',
    .cell_full = L'#',
    .projected = L'/',
    .track = L'.',
    .point = L'o',
    .spread = L'|',
    .ideal = L'.',
    .curve = L"_-'",
};

const struct glyphs glyphs_halves = {
    .across = L"  ▌▌▌▌▌██",
    .up = L"  ▄▄▄▄▄██",
    .shade = L"█▓▒░",
    .part = L"█▓▒░=+:-.",
    .cell_low = L'.',
    .cell_full = L'█',
    .projected = L'░',
    .track = L'.',
    .point = L'■',
    .spread = L'│',
    .ideal = L'·',
    .curve = L"_─'",
};

const struct glyphs glyphs_eighths = {
    .across = L" ▏▎▍▌▋▊▉█",
    .up = L" ▁▂▃▄▅▆▇█",
    .shade = L"█▓▒░",
    .part = L"█▓▒░=+:-.",
    .cell_low = L'·',
    .cell_full = L'█',
    .projected = L'░',
    .track = L'·',
    .point = L'●',
    .spread = L'│',
    .ideal = L'·',
    .curve = L"▁─▔",
};

const struct glyphs *glyphs_for(const char *terminal)
{
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 || strncmp(terminal, "vt", 2) == 0)
        return &glyphs_ascii;
    return strcmp(terminal, "linux") == 0 ? &glyphs_halves : &glyphs_eighths;
}
