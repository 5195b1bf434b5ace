/* libnps: the Net Promoter Score, exactly. One include for everything; each topic also has its own header. */
#ifndef NPS_H
#define NPS_H

#include <nps/accounts.h>
#include <nps/allocator.h>
#include <nps/audit.h>
#include <nps/calendar.h>
#include <nps/change.h>
#include <nps/codec.h>
#include <nps/column.h>
#include <nps/compare.h>
#include <nps/design.h>
#include <nps/drivers.h>
#include <nps/export.h>
#include <nps/interval.h>
#include <nps/monitor.h>
#include <nps/outcomes.h>
#include <nps/pairs.h>
#include <nps/panel.h>
#include <nps/plan.h>
#include <nps/posterior.h>
#include <nps/raking.h>
#include <nps/rank.h>
#include <nps/response.h>
#include <nps/sample.h>
#include <nps/scale.h>
#include <nps/segments.h>
#include <nps/sequential.h>
#include <nps/status.h>
#include <nps/tally.h>
#include <nps/themes.h>
#include <nps/trend.h>
#include <nps/version.h>
#include <nps/weighted.h>

#endif
