#include "bench/deciding_cases.h"

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/cases.h"
#include "google/protobuf/text_format.h"

namespace frikommune::bench {
namespace {

template <typename Request>
Request Read(const char* text) {
  Request request;
  if (!google::protobuf::TextFormat::ParseFromString(text, &request)) {
    std::cerr << "bench: a request cannot be read\n";
    std::exit(1);
  }
  return request;
}

class Chance {
 public:
  int UpTo(int most) {
    return static_cast<int>(random_() % static_cast<unsigned>(most + 1));
  }
  bool One(int in) { return UpTo(in - 1) == 0; }

  // A day from 2017-07-01 to the end of 2021.
  std::string Day() {
    return civil_time::FormatDate(
        civil_time::Date::FromDays(17348 + UpTo(1644)));
  }

 private:
  std::mt19937 random_{20190301};
};

// What every request says. Every other one is of the municipality whose
// experiment it is.
template <typename Request>
void Ask(int at, int participant, Chance& chance, Request& request) {
  const int any = chance.UpTo(static_cast<int>(std::size(kMunicipalities)) - 1);
  request.set_municipality(absl::StrCat(
      "municipalities/", chance.One(2) ? participant : kMunicipalities[any]));
  request.set_case_id(absl::StrCat("case-", at));
  request.set_decision_date(chance.Day());
  if (chance.One(8)) return;
  request.mutable_assessment()->set_assessor("r-17");
  request.mutable_leader_review()->set_reviewer("l-3");
  request.mutable_leader_review()->set_verdict(
      chance.One(8) ? decision::v1::VERDICT_REJECTED
                    : decision::v1::VERDICT_APPROVED);
}

void FillSickness(Chance& chance, certificates::v1::SicknessCase& sickness) {
  sickness.set_expected_weeks(chance.UpTo(30));
  sickness.set_doubt_about_unfitness(chance.One(5));
  sickness.set_competing_conditions(chance.UpTo(2));
  sickness.set_in_hospital(chance.One(4));
  sickness.set_primary_treatment_at_hospital(chance.One(4));
  sickness.set_standby_or_seriously_ill(chance.One(8));
  sickness.set_uncomplicated_recovery(chance.One(4));
  sickness.set_treated_by_specialist(chance.One(4));
  sickness.set_has_employer(chance.One(2));
  sickness.set_citizen_demands(chance.One(8));
  sickness.set_caseworker_finds_necessary(chance.One(8));
}

void FillRehabilitation(const std::string& day, Chance& chance,
                        certificates::v1::RehabilitationCase& rehabilitation) {
  using namespace certificates::v1;  // Many names of one contract.
  rehabilitation.set_case_type(
      static_cast<RehabilitationCaseType>(1 + chance.UpTo(3)));
  HealthDocument& document = *rehabilitation.add_documents();
  document.set_type(DOCUMENT_TYPE_LAE105);
  document.set_date(day);
  document.set_source(DOCUMENT_SOURCE_HOSPITAL);
  rehabilitation.set_sufficiency(static_cast<Sufficiency>(1 + chance.UpTo(2)));
}

}  // namespace

certificates::v1::DecideCertificateRequest CertificateRequest() {
  return Read<certificates::v1::DecideCertificateRequest>(R"(
    municipality: "municipalities/849"
    case_id: "7d1c6f3a-0b52-4f0e-9d8e-5a4b7c1e2f90"
    decision_date: "2019-03-01"
    sickness {
      expected_weeks: 12 doubt_about_unfitness: false
      competing_conditions: 1 in_hospital: true
      primary_treatment_at_hospital: false standby_or_seriously_ill: false
      uncomplicated_recovery: false treated_by_specialist: false
      has_employer: true citizen_demands: false
      caseworker_finds_necessary: false
    }
    assessment { assessor: "r-17" }
    validate_only: true)");
}

rehab::v1::RouteCaseRequest RouteRequest() {
  return Read<rehab::v1::RouteCaseRequest>(R"(
    municipality: "municipalities/851"
    case_id: "7d1c6f3a-0b52-4f0e-9d8e-5a4b7c1e2f90"
    decision_date: "2019-03-01"
    presentation {
      case_type: PRESENTATION_CASE_TYPE_JOB_CLARIFICATION
      transition_date: "2019-03-01" programme_ordinal: 1
      needs_only_labour_market_effort: true
      effective_cross_disciplinary_effort_running: false
      citizen_asks_for_team: false
      individual_plan_exists: true
    }
    assessment { assessor: "r-17" }
    leader_review { reviewer: "l-3" verdict: VERDICT_APPROVED }
    validate_only: true)");
}

rehab::v1::DecideExtensionRequest ExtensionRequest() {
  return Read<rehab::v1::DecideExtensionRequest>(R"(
    municipality: "municipalities/849"
    case_id: "7d1c6f3a-0b52-4f0e-9d8e-5a4b7c1e2f90"
    decision_date: "2019-03-01"
    extension {
      last_day_of_grant: "2021-12-31" extension_months: 12
      months_already_extended: 0 citizen_wants_extension: true
      in_flexjob_or_pension_target_group: false
      planned_efforts_outstanding: true
    }
    assessment { assessor: "r-17" }
    validate_only: true)");
}

certificates::v1::BatchDecideCertificatesRequest CertificateBatch(int count) {
  Chance chance;
  certificates::v1::BatchDecideCertificatesRequest batch;
  batch.set_validate_only(true);
  for (int i = 0; i < count; ++i) {
    auto& request = *batch.add_requests();
    const bool is_sickness = chance.One(2);
    Ask(i, is_sickness ? 849 : 851, chance, request);
    if (is_sickness) {
      FillSickness(chance, *request.mutable_sickness());
    } else {
      FillRehabilitation(request.decision_date(), chance,
                         *request.mutable_rehabilitation());
    }
  }
  return batch;
}

rehab::v1::BatchRouteCasesRequest RouteBatch(int count) {
  Chance chance;
  rehab::v1::BatchRouteCasesRequest batch;
  batch.set_validate_only(true);
  for (int i = 0; i < count; ++i) {
    auto& request = *batch.add_requests();
    Ask(i, 851, chance, request);
    auto& presentation = *request.mutable_presentation();
    presentation.set_case_type(
        static_cast<rehab::v1::PresentationCaseType>(1 + chance.UpTo(3)));
    presentation.set_transition_date(request.decision_date());
    presentation.set_programme_ordinal(1 + chance.UpTo(2));
    presentation.set_needs_only_labour_market_effort(chance.One(2));
    presentation.set_effective_cross_disciplinary_effort_running(chance.One(4));
    presentation.set_citizen_asks_for_team(chance.One(5));
    presentation.set_individual_plan_exists(chance.One(2));
  }
  return batch;
}

}  // namespace frikommune::bench
