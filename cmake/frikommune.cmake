# The rooms of the house, and who may use whom. A dependency that points the
# wrong way is refused here, when the build is configured.
set(FRIKOMMUNE_core_MAY_USE core proto.messages)
set(FRIKOMMUNE_ports_MAY_USE core ports proto.messages)
set(FRIKOMMUNE_adapters_MAY_USE core ports adapters proto.messages proto.services)
set(FRIKOMMUNE_services_MAY_USE core ports adapters services proto.messages proto.services)
set(FRIKOMMUNE_cli_MAY_USE core ports adapters cli proto.messages proto.services)

# Libraries that touch the world, which core and ports may not link.
set(FRIKOMMUNE_WORLDLY gRPC:: civetweb:: prometheus-cpp:: spdlog:: OpenSSL::SSL PostgreSQL:: SQLite:: CLI11:: Threads::)

function(frikommune_check_layering name)
  string(REGEX MATCH "^(core|ports|adapters|services|cli)\\." ours ${name})
  if(NOT ours)
    message(FATAL_ERROR "${name}: a library's name begins with its room (core ports adapters services cli)")
  endif()
  string(REPLACE "." "" room ${ours})
  foreach(dep IN LISTS ARGN)
    if(dep MATCHES "^(core|ports|adapters|services|cli|proto)\\.")
      string(REGEX MATCH "^[a-z]+" dep_room ${dep})
      if(NOT dep_room IN_LIST FRIKOMMUNE_${room}_MAY_USE AND NOT dep IN_LIST FRIKOMMUNE_${room}_MAY_USE)
        message(FATAL_ERROR "${name} may not use ${dep}: ${room} may use only: ${FRIKOMMUNE_${room}_MAY_USE}. See docs/ARCHITECTURE.md")
      endif()
    elseif(room MATCHES "^(core|ports)$")
      foreach(worldly IN LISTS FRIKOMMUNE_WORLDLY)
        string(FIND ${dep} ${worldly} at)
        if(at EQUAL 0)
          message(FATAL_ERROR "${name} may not use ${dep}: ${room} does not touch the world. See docs/ARCHITECTURE.md")
        endif()
      endforeach()
    endif()
  endforeach()
endfunction()

function(frikommune_warnings target)
  # gcc 12 sees uninitialised strings where a temporary is moved into a vector
  # (gcc bug 105562), so that one warning is off.
  target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    $<$<BOOL:${FRIKOMMUNE_WERROR}>:-Werror>)
endfunction()

# frikommune_test(NAME n SRCS a_test.cc... DEPS lib... [WHOLE]): one GoogleTest
# program. It is told where the sources, the catalog and the built programs are.
# WHOLE: its tests share what is dear to start, so ctest runs it as one.
function(frikommune_test)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "WHOLE" "NAME;TIMEOUT" "SRCS;DEPS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "frikommune_test(${ARG_NAME}): unknown ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  add_executable(${ARG_NAME} ${ARG_SRCS})
  target_include_directories(${ARG_NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${ARG_NAME} PRIVATE
    FRIKOMMUNE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" FRIKOMMUNE_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  frikommune_warnings(${ARG_NAME})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  if(ARG_WHOLE)
    add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME})
    set_tests_properties(${ARG_NAME} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
    return()
  endif()
  include(GoogleTest)
  gtest_discover_tests(${ARG_NAME} TEST_PREFIX ${ARG_NAME}: DISCOVERY_MODE PRE_TEST
    NO_PRETTY_VALUES
    PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

# frikommune_library(NAME room.idea SRCS a.cc... DEPS lib... TEST_DEPS lib...):
# one library, and one test program from the *_test.cc beside it.
function(frikommune_library)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "" "NAME" "SRCS;DEPS;TEST_DEPS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "frikommune_library(${ARG_NAME}): unknown ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  frikommune_check_layering(${ARG_NAME} ${ARG_DEPS})
  if(ARG_SRCS)
    add_library(${ARG_NAME} STATIC ${ARG_SRCS})
    target_include_directories(${ARG_NAME} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${ARG_NAME} PUBLIC ${ARG_DEPS})
    frikommune_warnings(${ARG_NAME})
  else()
    add_library(${ARG_NAME} INTERFACE)
    target_include_directories(${ARG_NAME} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${ARG_NAME} INTERFACE ${ARG_DEPS})
  endif()
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cc)
  if(tests)
    string(REPLACE "." "_" test_name ${ARG_NAME}_test)
    frikommune_test(NAME ${test_name} SRCS ${tests} DEPS ${ARG_NAME} ${ARG_TEST_DEPS})
  endif()
endfunction()
