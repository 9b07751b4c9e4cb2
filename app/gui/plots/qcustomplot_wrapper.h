// The one place that includes qcustomplot.h: its warnings are not ours, and it wants Qt's loop macro, which we do
// without.

#pragma once

#pragma GCC system_header

#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#undef foreach
