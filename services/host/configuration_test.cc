#include "services/host/configuration.h"

#include <gtest/gtest.h>

#include <string>

#include "CLI/CLI.hpp"

namespace frikommune::host {
namespace {

TEST(ConfigurationTest, SaysNoPassword) {
  const struct {
    const char* store;
    const char* said;
  } kCases[] = {
      {"memory", "memory"},
      {"sqlite:var/rehab.db", "sqlite:var/rehab.db"},
      {"postgres:host=db user=a", "postgres:host=db user=a"},
      {"postgres:password=hemmelig host=db", "postgres:password=*** host=db"},
      {"postgres:host=db PASSWORD = hemmelig",
       "postgres:host=db PASSWORD = ***"},
      {R"(postgres:password='to \'ord' host=db)",
       "postgres:password=*** host=db"},
      {"postgres:sslpassword=hemmelig sslkey=k",
       "postgres:sslpassword=*** sslkey=k"},
      {"postgres:postgresql://a:hem:melig@db/b",
       "postgres:postgresql://a:***@db/b"},
      {"postgres:postgresql://a@db/b", "postgres:postgresql://a@db/b"},
      {"postgres:postgresql://db/b?password=hemmelig&user=a",
       "postgres:postgresql://db/b?password=***&user=a"},
  };
  for (const auto& one : kCases) {
    EXPECT_EQ(WithoutSecrets(one.store), one.said);
  }
}

TEST(ConfigurationTest, SaysWhatIsSetAndWhatIsNot) {
  CLI::App app;
  std::string place = "var", empty, quoted;
  double seconds = 2;
  app.add_option("--place", place)->capture_default_str();
  app.add_option("--empty", empty)->capture_default_str();
  app.add_option("--quoted", quoted);
  app.add_option("-s,--seconds", seconds)->capture_default_str();
  app.parse(std::string(R"(--seconds 3.5 --quoted='a"b')"));
  EXPECT_EQ(ConfigurationOf(app),
            "place=\"var\"\nquoted='a\"b'\nseconds=3.5\n");
}

}  // namespace
}  // namespace frikommune::host
