// SPDX-License-Identifier: MIT
// A loop body in C++11: the fields in their order, without names.
#include <iostream>
#include <vector>

#include <parfor/workload.h>

static int run(
    const struct parfor_context *context, int64_t index, struct parfor_result *result)
{
    std::vector<int64_t> squares;
    for (int64_t i = 0; i < context->parameters[0]; i++)
        squares.push_back(i * i + index);
    for (int64_t square : squares)
        result->value += square;
    std::cout << "sum " << result->value << std::endl;
    return 0;
}

const struct parfor_workload parfor_workload = {PARFOR_ABI,
    sizeof(struct parfor_workload), "plus", "adds squares", nullptr,
    {{"count", 1, 1000, 4, nullptr}}, nullptr, nullptr, nullptr, run, nullptr, nullptr};
