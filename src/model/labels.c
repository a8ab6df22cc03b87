// SPDX-License-Identifier: MIT
#include "model/labels.h"

bool labels_spread(size_t count, struct label labels[], double width, double between)
{
    double least = 0, most = width;
    for (size_t i = 0; i < count; i++) {
        labels[i].at = labels[i].wish > least ? labels[i].wish : least;
        least = labels[i].at + labels[i].size + between;
    }
    for (size_t i = count; i > 1; i--) {
        struct label *label = &labels[i - 1];
        if (label->at + label->size > most || i == count)
            label->at = most - label->size;
        most = label->at - between;
    }
    return count == 0 || labels[0].size <= most;
}
