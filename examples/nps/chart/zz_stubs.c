#include "../chart.h"
void chart_trend(const trend *drawn, chart_target to) { (void)drawn; (void)to; }
void chart_explain(const explained *drawn, chart_target to) { (void)drawn; (void)to; }
