# Configures a project of one library for each case below, and expects CMake to
# refuse it with the reason, or to take it.
#
#   cmake -DROOT=checkout -DWORK=folder -P refusal_test.cmake
cmake_minimum_required(VERSION 3.25)

# expect(name dep [reason]): `name` may use `dep`, or is refused for `reason`.
function(expect name dep)
  file(REMOVE_RECURSE ${WORK})
  execute_process(
    COMMAND ${CMAKE_COMMAND} -S ${ROOT}/tests/architecture/fixtures/one_library -B ${WORK}
      -DRULES=${ROOT}/cmake/frikommune.cmake -DNAME=${name} -DDEP=${dep}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  if(ARGC EQUAL 2)
    if(NOT result EQUAL 0)
      message(SEND_ERROR "${name} may use ${dep}, but was refused: ${output}")
    endif()
  else()
    string(FIND "${output}" "${ARGV2}" at)
    if(result EQUAL 0 OR at EQUAL -1)
      message(SEND_ERROR "${name} with ${dep} must be refused for \"${ARGV2}\"; it ended with ${result}: ${output}")
    endif()
  endif()
endfunction()

expect(core.x core.y)
expect(core.x absl::status)
expect(core.x proto.messages)
expect(ports.x core.y)
expect(adapters.x ports.y)
expect(adapters.x proto.services)
expect(services.x adapters.y)
expect(cli.x adapters.y)

expect(core.x adapters.y "core.x may not use adapters.y")
expect(core.x ports.y "core.x may not use ports.y")
expect(core.x services.y "core.x may not use services.y")
expect(core.x cli.y "core.x may not use cli.y")
expect(core.x proto.services "core.x may not use proto.services")
expect(ports.x adapters.y "ports.x may not use adapters.y")
expect(ports.x proto.services "ports.x may not use proto.services")
expect(adapters.x services.y "adapters.x may not use services.y")
expect(services.x cli.y "services.x may not use cli.y")
expect(cli.x services.y "cli.x may not use services.y")

expect(core.x gRPC::grpc++ "core does not touch the world")
expect(core.x prometheus-cpp::pull "core does not touch the world")
expect(core.x spdlog::spdlog "core does not touch the world")
expect(core.x Threads::Threads "core does not touch the world")
expect(ports.x gRPC::grpc++ "ports does not touch the world")

expect(x.y core.z "a library's name begins with its room")
expect(util.text core.z "a library's name begins with its room")
